// Two soft notes to test a speaker with; made here, so no file travels.
export async function playTone(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  [523.25, 783.99].forEach((pitch, i) => {
    const start = context.currentTime + 0.05 + i * 0.28;
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.22, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.75);
    note.connect(volume).connect(out);
    note.start(start);
    note.stop(start + 0.8);
  });
  const player = new Audio();
  player.srcObject = out.stream;
  try {
    if (speakerId && 'setSinkId' in player) await player.setSinkId(speakerId);
    await player.play();
    await new Promise((done) => setTimeout(done, 1300));
  } finally {
    player.srcObject = null;
    void context.close();
  }
}
