// Puts the keyboard on a row of the tree that has only just come, as a group that was made. The dialog in which that was done gives the keys
// back to the row from where it was opened, some frames after it went; whoever is at something else by then stays there.

/** Frames after the dialog within which the row gets the keys, and keeps them. */
const FRAMES = 30;
const KEPT = 3;

export function focusRow(pane: HTMLElement | null, key: string): void {
  let frames = 0;
  let kept = 0;
  const look = () => {
    if (pane?.isConnected !== true || frames > FRAMES) return;
    requestAnimationFrame(look);
    if (document.querySelector("[role=dialog]") !== null) return;
    frames += 1;
    const active = document.activeElement;
    if (active !== null && active !== document.body && !pane.contains(active)) {
      frames = FRAMES + 1;
      return;
    }
    const row = [...pane.querySelectorAll<HTMLElement>("[role=row]")].find(
      ({ dataset }) => dataset.key === key,
    );
    if (row === undefined) return;
    if (active === row) kept += 1;
    else row.focus();
    if (kept >= KEPT) frames = FRAMES + 1;
  };
  requestAnimationFrame(look);
}
