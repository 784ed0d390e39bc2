// Raised hands, reactions, and another name.
import type { Participant, Room } from 'livekit-client';
import { changed, current, watch } from '../inside/desk';
import { again, handButton, hear, spoke, toggle } from './hand';
import { define as marks } from './marks';
import { listen as reactions } from './reactions';
import { define as rename } from './rename';
import { define as reacts, opener } from './toolbar';

/** In the bar: the two buttons; and what belongs elsewhere on the screen. */
class CallTools extends HTMLElement {
  private readonly ends: (() => void)[] = [];

  connectedCallback(): void {
    const [hand, draw] = handButton();
    const [react, show] = opener();
    const voice = Object.assign(document.createElement('span'), { className: 'sr' });
    voice.setAttribute('role', 'status');
    voice.dataset.part = 'call-said';
    this.replaceChildren(hand, react, voice);
    document.querySelector('.call__over')?.append(document.createElement('hand-first'));
    const keys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.isComposing) return;
      const act = event.code === 'KeyH' ? toggle : event.code === 'KeyE' ? show : undefined;
      if (!act || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    window.addEventListener('keydown', keys);
    this.ends.push(() => window.removeEventListener('keydown', keys), watch(draw), watch(hear));
    draw();
    hear();
  }

  disconnectedCallback(): void {
    this.ends.splice(0).forEach((end) => end());
  }
}

/** In every new connection. */
export function listen(room: Room): void {
  const speaking = (speakers: Participant[]) => spoke(speakers.includes(room.localParticipant));
  const mine = (act: () => void) => () => current() === room && act();
  for (const event of ['participantAttributesChanged', 'participantNameChanged', 'participantConnected', 'participantDisconnected'] as const) {
    room.on(event, mine(changed));
  }
  room.on('activeSpeakersChanged', (speakers: Participant[]) => mine(() => speaking(speakers))());
  reactions(room);
}

/** Once the new connection is the room of the moment. */
export const entered = again;

export function define(): void {
  marks();
  reacts();
  rename();
  customElements.define('call-tools', CallTools);
}
