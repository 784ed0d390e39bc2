/** Opens the list of people, where it is not open yet. */
export function openPeople(): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('#people, #people-top')];
  buttons.find((each) => each.offsetParent && each.getAttribute('aria-expanded') !== 'true')?.click();
}
