/** <copy-link data-url data-done>: a click on its button copies the address and says so for three seconds. */
class CopyLink extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => void this.copy());
  }

  private async copy(): Promise<void> {
    const { url = "", done = "" } = this.dataset;
    if (!(await write(url))) return;
    const button = this.querySelector("button");
    const said = this.querySelector("[role=status]");
    button?.classList.add("is-done");
    if (said) said.textContent = done;
    setTimeout(() => {
      button?.classList.remove("is-done");
      if (said) said.textContent = "";
    }, 3000);
  }
}

/** The clipboard exists only on https and localhost; elsewhere the old command still works. */
async function write(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "sr" });
  const before = document.activeElement as HTMLElement | null;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus();
  return copied;
}

customElements.define("copy-link", CopyLink);
