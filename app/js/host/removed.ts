// Who was removed, and the way back for them.
import { askAsHost, button, callAsHost, face, isRoomHost, made, say, word } from './lent';

interface Person {
  id: string;
  name: string;
  color: string;
  blocked: boolean;
}

/** Those who are out; nothing where the server does not say. */
async function fetched(): Promise<Person[]> {
  const answer = await callAsHost('removed', 'GET');
  if (!answer?.ok) return [];
  const told = (await answer.json().catch(() => undefined)) as { removed?: Person[] } | undefined;
  return told?.removed ?? [];
}

/** The list in its section, and what looks anew. Empty, it is not there. */
export function removed(trouble: (text: string) => void): [HTMLElement, () => Promise<void>] {
  const title = made('h3', '', word('removed_people'));
  title.tabIndex = -1;
  const list = made('ul', '');
  const around = made('section', 'settings__group', title, list);
  around.id = 'removed';
  around.hidden = true;
  const back = async (person: Person, row: HTMLElement) => {
    const failed = await askAsHost(`removed/${person.id}`, 'DELETE');
    trouble(failed);
    if (failed) return;
    const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector('button') ?? around.previousElementSibling?.querySelector('input');
    row.remove();
    around.hidden = !list.childElementCount;
    (next as HTMLElement | null | undefined)?.focus();
    say(word('let_back', { name: person.name }));
  };
  const row = (person: Person) => {
    const called = made('bdi', '', person.name);
    called.id = `removed-${person.id}`;
    const name = made('div', '', made('span', 'person__name', called), ...(person.blocked ? [made('span', 'person__role', word('blocked'))] : []));
    const again = button('button button--soft', '', () => void back(person, line));
    again.textContent = word('let_in_again');
    again.id = `back-${person.id}`;
    again.setAttribute('aria-labelledby', `${again.id} ${called.id}`);
    // Who was blocked is kept out of later meetings too, on which no co-host decides.
    const may = !person.blocked || isRoomHost();
    const line = made('li', 'person', face(person.name, person.color), name, ...(may ? [made('div', 'person__do', again)] : []));
    return line;
  };
  const look = async () => {
    const all = await fetched();
    const had = list.contains(document.activeElement);
    list.replaceChildren(...all.map(row));
    around.hidden = !all.length;
    if (had) (list.querySelector('button') ?? title).focus();
  };
  return [around, look];
}
