// A whole meeting of LiveKit's own components, as their documentation begins.
import '@livekit/components-styles';
import { LiveKitRoom, VideoConference } from '@livekit/components-react';
import { createRoot } from 'react-dom/client';

window.begin = (serverUrl, token) => {
  createRoot(document.getElementById('root')).render(
    <LiveKitRoom serverUrl={serverUrl} token={token} connect audio video data-lk-theme="default" style={{ height: '100vh' }}>
      <VideoConference />
    </LiveKitRoom>,
  );
};
