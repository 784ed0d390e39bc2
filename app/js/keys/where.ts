// Where the focus is, when a key is pressed that may mean something else there.

const FIELDS = 'input, select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox]';
/** What the space bar presses, opens or scrolls. */
const ACTIVE = 'a, button, summary, label, video, audio, [tabindex="0"], [role=button], [role=tab], [role=switch], [role=menuitem], [role=option], [role=slider]';
const DIALOGS = 'dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

function at(event: Event): Element | undefined {
  const first = event.composedPath()[0];
  return first instanceof Element ? first : undefined;
}

/** One types there, or something asks for an answer. */
export const isBusy = (event: Event): boolean => !!at(event)?.closest(`${FIELDS}, ${DIALOGS}`);

export const isActive = (event: Event): boolean => !!at(event)?.closest(ACTIVE);

export const dialogOpen = (): boolean => !!document.querySelector('dialog[open]');
