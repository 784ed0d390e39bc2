// Stands for webrtc-adapter where livekit-client asks for it: `shims.ts` has it, for the browsers that need it.
export {};
