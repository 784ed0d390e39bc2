// The host's tools: what holds for everybody, in one dialog; on a phone a sheet.
import { askAsHost, button, current, entry, everybody, icon, isHost, isRoomHost, label, common, made, rules, section, toggle, watch, word, Watching } from './lent';
import { open } from './dialog';
import { askToEnd } from './leave';
import { removed } from './removed';

const RIGHTS = [['microphone', 'may_microphone', ''], ['camera', 'may_camera', ''], ['share', 'may_share', ''], ['chat', 'may_chat', 'may_chat_hint'], ['mute', 'may_mute', 'may_mute_hint']] as const;

/** What holds for later meetings too, in another tab: this one is in the call. Whoever is a host for this meeting alone cannot go there. */
function more(): HTMLElement[] {
  if (!isRoomHost()) return [];
  const link = Object.assign(made('a', '', word('settings')), { href: `/${location.pathname.split('/')[1]}/settings`, target: '_blank' });
  return [made('p', '', link)];
}

/** Beside each other: done at once. */
function acts(done: (text: string) => void, trouble: (text: string) => void): [HTMLElement, () => void] {
  const one = (id: string, drawing: string, name: string, what: string, told: () => string) => {
    const each = button('button', icon(drawing), async () => {
      if (each.getAttribute('aria-disabled') === 'true') return;
      each.setAttribute('aria-disabled', 'true');
      const failed = await askAsHost(what, 'POST', {});
      draw();
      if (failed) trouble(failed);
      else done(told());
    });
    each.id = id;
    each.append(made('span', '', name));
    return each;
  };
  const mute = one('mute-everyone', 'mic_off', word('mute_all'), 'mute-everyone', () => (rules().microphone ? word('muted_all_may') : word('muted_all')));
  const lower = one('lower-hands', 'hand', word('lower_all'), 'lower-hands', () => word('lowered_all'));
  const draw = () => {
    mute.removeAttribute('aria-disabled');
    // It keeps the focus although there is nothing left to do.
    const up = everybody().some(({ attributes }) => attributes.handRaisedAt);
    lower.setAttribute('aria-disabled', String(!up));
  };
  draw();
  return [section(word('now'), made('div', 'host__acts', mute, lower)), draw];
}

/** A switch that says what holds: what the server refused goes back, and what another host changed comes. */
function held(id: string, name: string, hint: string, is: () => boolean, set: (on: boolean) => Promise<string>, trouble: (text: string) => void): [HTMLElement, () => void] {
  let waiting = 0;
  let last = Promise.resolve();
  const send = async (on: boolean) => {
    const failed = await set(on);
    trouble(failed);
    // Word of it comes by LiveKit, a moment later.
    if (!failed) await Promise.race([new Promise((done) => setTimeout(done, 2000)), until(() => is() === on)]);
    waiting -= 1;
    draw();
  };
  const row = toggle(id, name, hint, is(), (on) => {
    waiting += 1;
    // One after another: what was pressed last holds.
    last = last.then(() => send(on));
  });
  const input = row.querySelector('input');
  const draw = () => {
    if (input && !waiting) input.checked = is();
  };
  return [row, draw];
}

const until = (true_: () => boolean): Promise<void> => new Promise((done) => {
  const stop = watch(() => true_() && end());
  const end = () => {
    stop();
    done();
  };
  if (true_()) end();
});

export function openTools(): void {
  if (!isHost() || document.querySelector('dialog[open]')) return;
  const title = made('h2', '', word('tools'));
  const close = button('icon-button', icon('close'), () => shown.close());
  label(close, common('close'));
  const status = made('p', 'host__said');
  status.setAttribute('role', 'status');
  const wrong = made('p', 'field__error');
  wrong.setAttribute('role', 'alert');
  const told = (text: string) => {
    status.textContent = text;
    wrong.textContent = '';
  };
  const trouble = (text: string) => {
    wrong.textContent = text;
    status.textContent = '';
  };
  const [now, drawActs] = acts(told, trouble);
  // They outlast the meeting, so they are not a co-host's.
  const rights = (isRoomHost() ? RIGHTS : []).map(([key, name, hint]) =>
    held(`may-${key}`, word(name), hint && word(hint), () => rules()[key], (on) => askAsHost('rights', 'PUT', { [key]: on }), trouble));
  const [lock, drawLock] = held('lock', word('lock'), word('lock_hint'), () => rules().locked, (on) => askAsHost('lock', 'PUT', { locked: on }), trouble);
  const [out, look] = removed(trouble);
  const end = button('button button--danger', '', () => askToEnd());
  end.textContent = word('end');
  end.id = 'end-for-all';
  const panel = made('div', 'settings__panel', now, status, wrong,
    ...(rights.length ? [section(word('everybody_may'), ...rights.map(([row]) => row))] : []), section(word('door'), lock), out, section(word('the_end'), made('p', 'quiet', word('end_hint')), end), ...more());
  panel.tabIndex = 0;
  panel.setAttribute('role', 'group');
  panel.setAttribute('aria-labelledby', 'host-tools-title');
  const draws = [drawActs, drawLock, ...rights.map(([, draw]) => draw)];
  const stop = watch(() => draws.forEach((draw) => draw()));
  const room = current();
  const gone = () => void look();
  room?.on('participantDisconnected', gone);
  const shown = open('host-tools', 'settings settings--host', title, [made('header', 'settings__head', title, close), panel], () => {
    stop();
    room?.off('participantDisconnected', gone);
  });
  void look();
}

/** In the bar, where there is room for it. */
class HostTools extends Watching {
  private button: HTMLButtonElement | undefined;

  draw(): void {
    if (!isHost()) return this.replaceChildren();
    this.button ??= button('ctl', icon('host'), openTools);
    this.button.id = 'host-tools-open';
    this.button.setAttribute('aria-haspopup', 'dialog');
    label(this.button, word('tools'));
    if (!this.button.isConnected) this.replaceChildren(this.button);
  }
}

export function define(): void {
  const inBar = () => !!document.getElementById('host-tools-open')?.offsetParent;
  entry({ id: 'host-tools-more', icon: 'host', order: 5, label: word('tools'), act: openTools, there: () => isHost() && !inBar() });
  customElements.define('host-tools', HostTools);
}
