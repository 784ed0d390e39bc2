// What browsers that are not built on Chromium lack of WebRTC's standard. Others never load it; see `no-shims.ts`.
import 'webrtc-adapter';
