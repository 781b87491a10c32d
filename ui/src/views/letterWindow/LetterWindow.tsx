// A letter's own window: the pane of the main window that reads, with its keys, and nothing around it. What happens to mail
// anywhere is followed; what is answered is answered in the main window.
import { useEffect, useState } from "react";
import { pressLink } from "../../actions/caution";
import { closeWindow, standIn } from "../../actions/letterWindow";
import { inLetterWindow } from "../../actions/inLetterWindow";
import { ToastRegion } from "../../components/Toast";
import { backend } from "../../ipc";
import type { LetterWindowView, Listing } from "../../ipc/backend";
import { useFreshRows } from "../../state/freshRows";
import { onListingChanged } from "../../state/pulse";
import { renewLoneRow } from "../../state/loneRow";
import { restoreSize } from "../../state/letterLook";
import { useLettersShown } from "../../state/lettersShown";
import { useSetting } from "../../state/queries";
import { AFTER_SETTING } from "../../state/reading";
import { openLetter, openThread, useSelection } from "../../state/selection";
import { listingNow, useWindow } from "../../state/window";
import { say } from "../../words";
import { Questions } from "../main/questions/Questions";
import { LinkGoal } from "../main/reading/LinkGoal";
import { ReadingPane } from "../main/reading/ReadingPane";
import { Waiting } from "../main/reading/Waiting";
import { useKeys } from "../main/useKeys";
import styles from "./LetterWindow.module.css";

export function LetterWindow({ shows }: { shows: LetterWindowView }) {
  const [stands, setStands] = useState(false);
  const thread = useSelection(openThread);
  const only = useSelection(openLetter);
  const { all, subject } = useLettersShown(thread, only);
  // As it stands above the letters, and not as the newest of them says it.
  const title = subject === undefined ? null : subject || say("no-subject");
  // It is there when the letter is sent away.
  useSetting(AFTER_SETTING);
  useKeys(inLetterWindow);
  useEffect(() => void restoreSize(), []);
  useEffect(() => backend().onLinkClicked((url) => void pressLink(url)), []);
  useEffect(() => backend().onClosing(() => void closeWindow()), []);
  useEffect(() => onListingChanged(() => void renewLoneRow().catch(() => undefined)), []);
  useEffect(() => {
    void standIn(shows).finally(() => setStands(true));
  }, [shows]);
  useEffect(() => {
    if (title !== null) void backend().titleLetter(title);
  }, [title]);
  // Sent away with nothing to go on with, or gone for good whoever did it.
  const over = stands && (thread === null || all?.length === 0);
  useEffect(() => {
    if (over) void closeWindow();
  }, [over]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const held = event.ctrlKey || event.metaKey;
      const closes = event.key === "Escape" ? !event.defaultPrevented : held && event.key === "w";
      if (!closes || useWindow.getState().question !== null) return;
      event.preventDefault();
      void closeWindow();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const listing = listingNow();
  return (
    <div className={styles.window}>
      {stands ? <ReadingPane /> : <Waiting />}
      {stands && listing !== null && <Following listing={listing} />}
      <LinkGoal />
      <Questions />
      <ToastRegion />
    </div>
  );
}

/** Keeps the place in the list true while others come and go. */
function Following({ listing }: { listing: Listing }) {
  const at = useSelection((state) => state.cursor?.index ?? 0);
  useFreshRows({ listing, first: at, last: at, anchor: null, shift: () => undefined });
  return null;
}
