// The fields of the settings: real checkboxes, radio buttons and sliders, labelled by what stands beside them.
import { icon } from '../inside/desk';
import { made } from '../inside/element';

export function section(title: string, ...content: Node[]): HTMLElement {
  return made('section', 'settings__group', made('h3', '', title), ...content);
}

export function toggle(id: string, label: string, hint: string, on: boolean, change: (on: boolean) => void): HTMLLabelElement {
  const input = Object.assign(document.createElement('input'), { type: 'checkbox', id, checked: on });
  input.setAttribute('role', 'switch');
  const row = made('label', 'switch', made('b', '', label));
  if (hint) {
    const below = made('span', 'switch__hint', hint);
    below.id = `${id}-hint`;
    input.setAttribute('aria-describedby', below.id);
    row.append(below);
  }
  row.append(input);
  input.addEventListener('change', () => change(input.checked));
  return row;
}

/** One of several; `options` are values with what they are called and what that means. */
export function choice(id: string, title: string, options: [string, string, string][], chosen: string, change: (value: string) => void): HTMLFieldSetElement {
  const rows = options.map(([value, name, hint]) => {
    const input = Object.assign(document.createElement('input'), { type: 'radio', name: id, value, id: `${id}-${value}`, checked: value === chosen });
    input.addEventListener('change', () => change(value));
    const row = made('label', 'choice', input, made('b', '', name));
    if (hint) row.append(made('span', 'choice__hint', hint));
    return row;
  });
  const set = made('fieldset', 'settings__group', made('legend', '', title), made('div', 'choices', ...rows));
  set.id = id;
  return set;
}

export function slider(id: string, label: string, value: number, change: (value: number) => void): HTMLElement {
  const input = Object.assign(document.createElement('input'), { type: 'range', id, min: '0', max: '100', step: '5', value: String(value), className: 'range' });
  const name = made('label', '', made('b', '', label));
  name.htmlFor = id;
  const shown = made('output', 'quiet num', `${value} %`);
  shown.htmlFor.add(id);
  const text = (now: string) => {
    shown.textContent = `${now} %`;
    input.setAttribute('aria-valuetext', `${now} %`);
  };
  text(input.value);
  input.addEventListener('input', () => text(input.value));
  input.addEventListener('change', () => change(Number(input.value)));
  return made('div', 'slider', name, shown, input);
}

/** Which of several devices; changes with what is plugged in. */
export function select(id: string, label: string, change: (value: string) => void): [HTMLElement, (options: [string, string][], chosen: string) => void] {
  const list = Object.assign(document.createElement('select'), { className: 'input', id });
  const name = made('label', 'field__label', label);
  name.htmlFor = id;
  list.addEventListener('change', () => change(list.value));
  const fill = (options: [string, string][], chosen: string) => {
    list.replaceChildren(...options.map(([value, text]) => new Option(text, value, false, value === chosen)));
    field.hidden = options.length === 0;
  };
  const around = made('div', 'select', list);
  around.insertAdjacentHTML('beforeend', icon('chevron'));
  const field = made('div', 'field', name, around);
  fill([], '');
  return [field, fill];
}
