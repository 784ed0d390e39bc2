// Who is in the pictures: drawn people with names from many places, long and short, and devices with ordinary names.
import { look } from '../support/crowd.mjs';

/** Those with a browser of their own. */
export const PEOPLE = {
  'Anna Lindqvist': { skin: '#e8b48f', hair: '#5b3423', clothes: '#00707f', wall: ['#f3e6d5', '#c9a98a'] },
  'Bert Bos': { skin: '#8d5a3b', hair: '#241a15', clothes: '#d9883f', wall: ['#c8d8dc', '#7f9aa3'] },
  'Chloé Ødegård': { skin: '#f1c7a5', hair: '#c98f3d', clothes: '#6a4c7d', wall: ['#dfe7d3', '#9db08a'] },
};

const NAMES = [
  'Bert Bos', 'Chloé Ødegård', 'محمد الأنصاري', 'Екатерина Александровна Воскресенская', '王小明', 'J', 'Wolfeschlegelsteinhausenbergerdorffwelch',
  'Νίκη Παπαδοπούλου', 'Đặng Thị Ngọc Ánh', '佐藤 さくら', 'נועה לוי', 'José Ángel Ruiz de la Prada y Montenegro', 'Zoë', 'Þórdís Björk', 'Łukasz Wiśniewski',
  'ნინო ბერიძე', 'Jean-Baptiste Lefèvre', 'Gülşen Yıldız', 'Kim Min-ji', 'Séamus O’Brien', 'فاطمة الزهراء', 'Ng', 'Արամ Խաչատրյան', 'Máté Szőke', 'Ян', 'Aino Koskinen',
  '🦊 Fox', 'Émilie du Châtelet', 'Grace Hopper',
];

/** Everybody else in a call of thirty; some without a camera, some muted. */
export const CROWD = NAMES.map((name, at) => ({ name, look: PEOPLE[name] ?? look(at), camera: at % 6 !== 3, mic: at % 4 !== 2 }));

/** Runs in the page: a drawn person instead of Chromium's green test picture, a drawn slide instead of a screen. */
export function pose({ skin, hair, clothes, wall }) {
  const { mediaDevices } = navigator;
  const drawn = (width, height, paint) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const pen = canvas.getContext('2d');
    const round = (x, y, rx, ry, colour) => {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.ellipse(x * width, y * height, rx * height, ry * height, 0, 0, 2 * Math.PI);
      pen.fill();
    };
    setInterval(() => paint(pen, round, width, height), 200);
    return canvas.captureStream(5).getVideoTracks()[0];
  };
  const portrait = (pen, round, width, height) => {
    const light = pen.createLinearGradient(0, 0, width, height);
    wall.forEach((colour, at) => light.addColorStop(at, colour));
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    const sway = Math.sin(Date.now() / 900) * 0.004;
    round(0.5 + sway, 0.42, 0.21, 0.25, hair);
    round(0.5, 1.08, 0.42, 0.4, clothes);
    round(0.5 + sway, 0.64, 0.075, 0.16, skin);
    round(0.5 + sway, 0.46, 0.15, 0.19, skin);
    round(0.5 + sway, 0.29, 0.17, 0.09, hair);
  };
  const slide = (pen, _, width, height) => {
    pen.fillStyle = '#fdfcf8';
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = '#16343b';
    pen.font = `700 ${height / 12}px sans-serif`;
    pen.fillText('Budget 2027', width * 0.08, height * 0.18);
    [0.35, 0.5, 0.42, 0.62, 0.7].forEach((tall, index) => {
      pen.fillStyle = index === 4 ? '#f0a35e' : '#00707f';
      pen.fillRect(width * (0.1 + index * 0.165), height * (0.92 - tall), width * 0.12, height * tall);
    });
  };
  const user = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await user(wanted);
    return wanted.video ? new MediaStream([...stream.getAudioTracks(), drawn(1280, 720, portrait)]) : stream;
  };
  mediaDevices.getDisplayMedia = () => Promise.resolve(new MediaStream([drawn(1600, 900, slide)]));
}

/** Runs in the page: devices with ordinary names; `blocked`, and the browser gives none of them. */
export function named(blocked) {
  const { mediaDevices } = navigator;
  const devices = mediaDevices.enumerateDevices.bind(mediaDevices);
  const names = { audioinput: 'Headset microphone', videoinput: 'Camera', audiooutput: 'Headset' };
  mediaDevices.enumerateDevices = async () => {
    const all = await devices();
    return Object.keys(names).map((kind) => ({ kind, deviceId: all.find((each) => each.kind === kind)?.deviceId ?? kind, groupId: '', label: names[kind] }));
  };
  if (blocked) mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
}
