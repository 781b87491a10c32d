// What hangs at the pointer while something is dragged, or stands beside the folder when it is dragged with the keys:
// "Move 1 conversation to Lighthouse", "Copy 1 conversation to Lighthouse" while Ctrl is held, or "One conversation with …". The browser's own picture is made empty, since it could not change on the way.
import { useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import { called } from "../../state/accounts";
import { idOfKey, useDragging, type Load } from "../../state/drag";
import { useGroups } from "../../state/groups";
import { useAccountsAtRest, useMailboxes, useSavedSearches } from "../../state/queries";
import { rowsSaid } from "../../state/rowsSaid";
import { say } from "../../words";
import styles from "./DragGhost.module.css";

export function DragGhost() {
  const { load, over, onto, copying } = useDragging();
  const mailboxes = useMailboxes().data ?? [];
  const accounts = useAccountsAtRest().data ?? [];
  const groups = useGroups();
  const searches = useSavedSearches().data ?? [];
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
    const onMove = (event: DragEvent) => {
      place(event.clientX, event.clientY);
      const wanted = copiesLetters(event);
      if (useDragging.getState().copying !== wanted) useDragging.setState({ copying: wanted });
    };
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
  const account = over?.startsWith("account:") ? accounts.find((each) => each.id === id) : undefined;
  const rows = load.kind === "group" ? groups : load.kind === "search" ? searches : mailboxes;
  const into = (account ? called(account) : rows.find((each) => each.id === id)?.name) ?? null;
  return (
    <div ref={ghost} className={styles.ghost} aria-hidden="true">
      <Icon name={copying ? "copy" : onto?.joins === true ? "join" : signs[load.kind]} />
      <span className={styles.words}>{onto === null ? words(load, into, copying) : joined(onto)}</span>
    </div>
  );
}

const signs = {
  letters: "folder",
  folder: "folder",
  account: "user",
  group: "all",
  search: "search",
} as const;

/** Whether letters that are let go now would be copied, as the drop itself will find it. */
function copiesLetters(event: DragEvent): boolean {
  if (useDragging.getState().load?.kind !== "letters") return false;
  const held = isMac() ? event.altKey : event.ctrlKey;
  return held || event.dataTransfer?.effectAllowed === "copy";
}

function isMac(): boolean {
  return navigator.userAgent.includes("Macintosh");
}

function joined({ subject, joins }: { subject: string; joins: boolean }): string {
  return joins ? say("drag-join", { subject: subject || say("no-subject") }) : say("drag-join-not");
}

function words(load: Load, into: string | null, copying: boolean): string {
  if (load.kind === "letters") {
    const rows = rowsSaid(load.conversations);
    const verb = copying ? "drag-copy-letters" : "drag-letters";
    return into === null ? say(verb, { rows }) : say(`${verb}-to`, { rows, folder: into });
  }
  if (load.kind === "account" || load.kind === "group" || load.kind === "search")
    return into === null
      ? say("drag-account", { account: load.name })
      : say("drag-account-to", { account: load.name, place: into });
  return into === null
    ? say("drag-folder", { folder: load.name })
    : say("drag-folder-to", { folder: load.name, into });
}
