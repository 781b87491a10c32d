// The window: the bar, folders, list, letters, the status line, and what lies over them. It joins; each part is its own.
import { useEffect } from "react";
import { backend } from "../../ipc";
import { pressLink } from "../../actions/caution";
import { leavePlace } from "../../actions/comeBack";
import { mendDragKeys } from "../../state/dragKeys";
import { useWindow } from "../../state/window";
import { restoreSize } from "../../state/letterLook";
import { restorePanes, usePanes } from "../../state/panes";
import { lookOf, useLooks } from "../../state/looks";
import { useSetting } from "../../state/queries";
import { AFTER_SETTING } from "../../state/reading";
import { chooseNothing } from "../../state/selection";
import { Outbox } from "../outbox/Outbox";
import { DragGhost } from "./DragGhost";
import { ListPane } from "./list/ListPane";
import { PaneEdge } from "./PaneEdge";
import { Questions } from "./questions/Questions";
import { Unlock } from "./questions/Unlock";
import { ReadingPane } from "./reading/ReadingPane";
import { Sidebar } from "./folders/Sidebar";
import { LinkGoal } from "./reading/LinkGoal";
import { StatusLine } from "./StatusLine";
import { TopBar } from "./TopBar";
import { useKeys } from "./useKeys";
import styles from "./MainWindow.module.css";

export function MainWindow() {
  // Not the place itself: each key of a search goes to another one, and nothing here is drawn otherwise there.
  const kind = useWindow(({ place }) => place.kind);
  const looks = useLooks();
  const form = useWindow(({ place }) => lookOf(looks, place).form);
  const { folders, list, table } = usePanes();
  // It is there when a conversation is sent away.
  useSetting(AFTER_SETTING);
  useKeys();
  useEffect(() => mendDragKeys(), []);
  useEffect(() => void restorePanes(), []);
  useEffect(() => void restoreSize(), []);
  useEffect(
    () =>
      backend().onLinkClicked((url) => {
        // A letter is begun wherever the main window is (App).
        if (!url.startsWith("mailto:")) void pressLink(url);
      }),
    [],
  );
  // Before anything is drawn of the place that one goes to, so that it is drawn once.
  useEffect(() => {
    chooseNothing();
    return useWindow.subscribe((now, before) => {
      if (now.place === before.place) return;
      const comeBack = leavePlace(before.place, now.place);
      chooseNothing();
      comeBack();
    });
  }, []);
  const wide = {
    "--folders": `${folders}px`,
    "--list": `${list}px`,
    "--table": `${table}fr`,
    "--below": `${100 - table}fr`,
  } as React.CSSProperties;
  return (
    <div className={styles.window} style={wide} data-place={kind} data-form={form}>
      <TopBar />
      <div className={styles.pane}>
        <Sidebar />
        <PaneEdge pane="folders" />
      </div>
      {kind === "outbox" ? (
        <main className={styles.whole}>
          <Outbox />
        </main>
      ) : (
        <>
          <div className={styles.pane}>
            <ListPane />
            <PaneEdge pane={form === "table" ? "table" : "list"} key={form} />
          </div>
          <ReadingPane />
        </>
      )}
      <StatusLine />
      <LinkGoal />
      <DragGhost />
      <Questions />
      <Unlock />
    </div>
  );
}
