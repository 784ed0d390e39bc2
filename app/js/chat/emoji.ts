// A few emoji to choose from, for those whose keyboard has none. Screen readers know their names.
import { icon } from '../inside/desk';
import { button, label, made } from '../inside/element';
import { word } from './words';

const EMOJI = '👍 👎 👏 🙏 🤝 💪 👋 ✌️ 👌 🤞 😀 😂 😉 😊 😍 😎 🤔 🙄 😐 😕 😮 😢 😭 😡 😴 🥳 🤯 😇 ❤️ 💛 💚 💙 ✅ ❌ ❓ ❗ 💡 🔥 ⭐ 🎉 🎂 ☕ 📌 📎 ⏰ 🚀 🌍 🍀'.split(' ');
const COLUMNS = 8;

/** The button and, while it is open, the choice above it. `put` gets what was chosen. */
export function emoji(put: (emoji: string) => void): HTMLElement {
  const open = button('icon-button say__emoji', icon('smile'), () => (grid.isConnected ? close() : show()));
  label(open, word('emoji'));
  open.setAttribute('aria-expanded', 'false');
  const around = made('span', 'emoji-at', open);
  const all = EMOJI.map((one, at) => {
    const each = button('', one, () => {
      close();
      put(one);
    });
    each.tabIndex = at ? -1 : 0;
    return each;
  });
  const grid = made('div', 'emoji', ...all);
  grid.setAttribute('role', 'toolbar');
  grid.setAttribute('aria-label', word('emoji'));
  const outside = (event: Event) => around.contains(event.target as Node) || close();
  const show = () => {
    around.append(grid);
    open.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside);
    all.find(({ tabIndex }) => tabIndex === 0)?.focus();
  };
  const close = () => {
    document.removeEventListener('pointerdown', outside);
    open.setAttribute('aria-expanded', 'false');
    if (grid.contains(document.activeElement)) open.focus();
    grid.remove();
  };
  around.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && grid.isConnected) {
      // Only this closes, not the panel as well.
      event.stopPropagation();
      return close();
    }
    const at = all.indexOf(event.target as HTMLButtonElement);
    const turn = getComputedStyle(grid).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: at + turn, ArrowLeft: at - turn, ArrowDown: at + COLUMNS, ArrowUp: at - COLUMNS, Home: 0, End: all.length - 1,
    };
    const to = all[steps[event.key] ?? -1];
    if (at < 0 || !to) return;
    event.preventDefault();
    all.forEach((each) => (each.tabIndex = each === to ? 0 : -1));
    to.focus();
  });
  return around;
}
