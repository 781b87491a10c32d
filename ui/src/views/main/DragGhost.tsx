// What hangs at the pointer while something is dragged, or stands beside the folder when it is dragged with the keys:
// "Move 1 conversation to Lighthouse". The browser's own picture is made empty, since it could not change on the way.
import { useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import { idOfKey, useDragging, type Load } from "../../state/drag";
import { useAccounts, useMailboxes } from "../../state/queries";
import { say } from "../../words";
import styles from "./DragGhost.module.css";

export function DragGhost() {
  const { load, over } = useDragging();
  const mailboxes = useMailboxes().data ?? [];
  const accounts = useAccounts().data ?? [];
  const ghost = useRef<HTMLDivElement>(null);
  const dragging = load !== null;

  useEffect(() => {
    if (!dragging) return;
    const place = (x: number, y: number) => {
      if (ghost.current === null) return;
      const { offsetWidth, offsetHeight } = ghost.current;
      ghost.current.style.left = `${Math.min(x + 14, innerWidth - offsetWidth - 8)}px`;
      ghost.current.style.top = `${Math.min(y + 14, innerHeight - offsetHeight - 8)}px`;
      ghost.current.style.visibility = "visible";
    };
    const onMove = (event: DragEvent) => place(event.clientX, event.clientY);
    document.addEventListener("dragover", onMove, true);
    // Letters are frames of their own: they would swallow the movement.
    document.documentElement.dataset.dragging = "";
    return () => {
      document.removeEventListener("dragover", onMove, true);
      delete document.documentElement.dataset.dragging;
    };
  }, [dragging]);

  useEffect(() => {
    if (!dragging || over === null || ghost.current === null || ghost.current.style.visibility === "visible")
      return;
    const row = document.querySelector(`[data-key="${CSS.escape(over)}"]`)?.getBoundingClientRect();
    if (row === undefined) return;
    ghost.current.style.left = `${row.right - 24}px`;
    ghost.current.style.top = `${row.top - 2}px`;
    ghost.current.dataset.keys = "";
  }, [dragging, over]);

  if (load === null) return null;
  const id = over === null ? null : idOfKey(over);
  const into =
    mailboxes.find((each) => each.id === id)?.name ?? accounts.find((each) => each.id === id)?.email ?? null;
  return (
    <div ref={ghost} className={styles.ghost} aria-hidden="true">
      <Icon name="folder" />
      {words(load, into)}
    </div>
  );
}

function words(load: Load, into: string | null): string {
  if (load.kind === "letters") {
    const n = load.conversations;
    return into === null ? say("drag-letters", { n }) : say("drag-letters-to", { n, folder: into });
  }
  return into === null
    ? say("drag-folder", { folder: load.name })
    : say("drag-folder-to", { folder: load.name, into });
}
