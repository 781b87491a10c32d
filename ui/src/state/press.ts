// The first press after a drag. WebKitGTK takes the pointer away when the system's drag begins and does not tell that its
// button was let go, so that the next press has a mousedown and no pointerdown, and every button is deaf once. Here that
// press is made whole again. Not here: what a press does.

/** Repairs presses in this window until the answer is called. Where pointers are told rightly, it does nothing. */
export function repairPresses(page: Window & typeof globalThis): () => void {
  let dragged = false;
  let pointer: number | null = null;

  const onDragStart = () => (dragged = true);
  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType === "mouse") pointer = event.pointerId;
    dragged = false;
  };
  const onMouseDown = (event: MouseEvent) => {
    if (!dragged || pointer === null || !(event.target instanceof page.Element)) return;
    dragged = false;
    const { button, buttons, clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey } = event;
    const place = { button, buttons, clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey };
    // A pointer without size and pressure would be taken for a screen reader's.
    const body = {
      pointerId: pointer,
      pointerType: "mouse",
      isPrimary: true,
      width: 1,
      height: 1,
      pressure: 0.5,
    };
    const whole = { ...place, ...body, bubbles: true, cancelable: true, composed: true };
    event.target.dispatchEvent(new page.PointerEvent("pointerdown", whole));
  };

  page.addEventListener("dragstart", onDragStart, true);
  page.addEventListener("pointerdown", onPointerDown, true);
  page.addEventListener("mousedown", onMouseDown, true);
  return () => {
    page.removeEventListener("dragstart", onDragStart, true);
    page.removeEventListener("pointerdown", onPointerDown, true);
    page.removeEventListener("mousedown", onMouseDown, true);
  };
}
