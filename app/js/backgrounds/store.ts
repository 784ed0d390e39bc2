// One's own picture: made small, and kept in this browser alone.
const DATABASE = 'visavis';
const STORE = 'background';
const KEY = 'own';
const WIDTH = 1280;
const HEIGHT = 720;
/** No photograph is larger; what is might only be there to fill the memory. */
const LARGEST = 40_000_000;

function database(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const open = await database();
  try {
    return await new Promise<T>((done, failed) => {
      const asked = act(open.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  } finally {
    open.close();
  }
}

export async function own(): Promise<Blob | undefined> {
  try {
    const kept: unknown = await within('readonly', (store) => store.get(KEY));
    return kept instanceof Blob ? kept : undefined;
  } catch {
    // A browser that keeps nothing has none.
    return undefined;
  }
}

export const forget = (): Promise<unknown> => within('readwrite', (store) => store.delete(KEY)).catch(() => undefined);

/** Drawn anew, so that what is kept is a picture and nothing else. Fails when the file is none. */
export async function keep(file: Blob): Promise<void> {
  if (file.size > LARGEST) throw new Error('too large');
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.max(WIDTH / width, HEIGHT / height);
    const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
    canvas.getContext('2d')?.drawImage(image, (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2, width * scale, height * scale);
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    if (!small) throw new Error('no picture');
    await within('readwrite', (store) => store.put(small, KEY));
  } finally {
    URL.revokeObjectURL(url);
  }
}
