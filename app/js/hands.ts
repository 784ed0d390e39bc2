// Raised hands, reactions, and another name. Loaded by the call once somebody is in (`call.ts`); the island has only places for it,
// empty elements that come to life here.
import type { Participant, Room } from 'livekit-client';
import { changed, current, enter, watch } from './hands/desk';
import { again, handButton, hear, spoke, toggle } from './hands/hand';
import { define as marks } from './hands/marks';
import { listen } from './hands/reactions';
import { define as rename } from './hands/rename';
import { define as reacts, opener } from './hands/toolbar';

/** In the bar: the two buttons; and what belongs elsewhere on the screen. */
class CallTools extends HTMLElement {
  private readonly ends: (() => void)[] = [];

  connectedCallback(): void {
    const [hand, draw] = handButton();
    const [react, show] = opener();
    const voice = Object.assign(document.createElement('span'), { className: 'sr' });
    voice.setAttribute('role', 'status');
    voice.dataset.part = 'hands-said';
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

/** A new connection: the first, or one after a loss. */
export function joined(room: Room): void {
  const speaking = (speakers: Participant[]) => spoke(speakers.includes(room.localParticipant));
  const mine = (act: () => void) => () => current() === room && act();
  for (const event of ['participantAttributesChanged', 'participantNameChanged', 'participantConnected', 'participantDisconnected'] as const) {
    room.on(event, mine(changed));
  }
  room.on('activeSpeakersChanged', (speakers: Participant[]) => mine(() => speaking(speakers))());
  listen(room);
  enter(room);
  again();
}

marks();
reacts();
rename();
customElements.define('call-tools', CallTools);
