// Draws another background behind somebody: LiveKit's processor with MediaPipe's segmentation, everything from our own origin. A script of
// its own, which nobody loads who has not chosen one (`backgrounds/apply.ts`).
import { BackgroundProcessor, type BackgroundProcessorWrapper } from '@livekit/track-processors';
import { FilesetResolver } from '@mediapipe/tasks-vision';
import type { TrackProcessor, Track } from 'livekit-client';

export type Look = { blur: number } | { picture: string };

export interface Engine {
  make(look: Look): TrackProcessor<Track.Kind.Video>;
  change(processor: unknown, look: Look): Promise<void>;
}

const modeOf = (look: Look) =>
  'blur' in look ? ({ mode: 'background-blur', blurRadius: look.blur } as const) : ({ mode: 'virtual-background', imagePath: look.picture } as const);

/** Where there is no graphics card, the processor itself is ten times as quick as what stands for the card. */
function delegate(): 'CPU' | 'GPU' {
  const gl = document.createElement('canvas').getContext('webgl2');
  const more = gl?.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl?.getParameter(more?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) ?? '');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name) ? 'CPU' : 'GPU';
}

/** What a picture takes of the page's time, the page gets as well before the next: buttons answer on slow machines too. */
function breathe(transformer: BackgroundProcessorWrapper['transformer']): void {
  const draw = transformer.transform.bind(transformer);
  let free = 0;
  transformer.transform = async (frame, controller) => {
    const start = performance.now();
    if (start < free) return frame.close();
    await draw(frame, controller);
    const now = performance.now();
    free = now + (now - start);
  };
}

export function create(files: { loader: string; binary: string; model: string }, frame: () => void): Engine {
  // It would put file names together by itself, and ours carry a hash.
  FilesetResolver.forVisionTasks = () => Promise.resolve({ wasmLoaderPath: files.loader, wasmBinaryPath: files.binary });
  const by = delegate();
  return {
    make: (look) => {
      const processor = BackgroundProcessor({ ...modeOf(look), assetPaths: { modelAssetPath: files.model }, segmenterOptions: { delegate: by }, onFrameProcessed: frame });
      breathe(processor.transformer);
      // It would send the first picture as it is, so that something is seen sooner.
      processor.transformer.isFirstFrame = false;
      return processor as unknown as TrackProcessor<Track.Kind.Video>;
    },
    change: (processor, look) => (processor as BackgroundProcessorWrapper).switchTo(modeOf(look)),
  };
}
