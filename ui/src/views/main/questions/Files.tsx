// All files that came into folders or from a person, of the starred, or of letters that were found. A press looks at one or opens it, as
// in its letter, it is dragged out as from there, and from each there is a way to its letter. Several are chosen and saved together. Words
// and orders are of all of them, and not of those alone that are listed by now.
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { sentenceOf } from "../../../actions/attempt";
import { lookAt, saveAll, saveAttachment, showSaved } from "../../../actions/attachments";
import { openAlone } from "../../../actions/letterWindow";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { Select } from "../../../components/Select";
import { TextField } from "../../../components/TextField";
import { useSheetKeys } from "../../../components/useSheetKeys";
import type { FileSourceView, FilesOrderView, FileView } from "../../../ipc/backend";
import { isLetterWindow } from "../../../state/letterWindow";
import { useSavedPlace } from "../../../state/saved";
import type { FileOfLetter } from "../../../state/window";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { shortTime } from "../../../words/times";
import { iconOf, sizeWords } from "../reading/Attachments";
import { FileName } from "../reading/FileName";
import { useDragOut } from "../reading/useDragOut";
import { fileKeys, FURTHER } from "./fileKeys";
import { useFiles } from "./useFiles";
import styles from "./Files.module.css";

const ORDERS = (["newest", "name", "size", "sender", "kind"] as const).map((id) => ({
  id,
  text: () => say(`files-order-${id}`),
}));

/** Whoever scrolls so near to the end sees more of them come. */
const NEAR = 300;

const TITLES: Record<FileSourceView["kind"], string> = {
  mailboxes: "files-folder",
  starred: "files-folder",
  person: "files-person",
  search: "files-found",
};

export interface FilesProps {
  source: FileSourceView;
  name: string;
  onClose: () => void;
}

/** The sheet itself is drawn once: whenever it is, all buttons in it are, of which there may be thousands. */
export function Files({ source, name, onClose }: FilesProps) {
  return (
    <Dialog large title={say(TITLES[source.kind], { name })} onClose={onClose}>
      <Inside source={source} onClose={onClose} />
    </Dialog>
  );
}

function Inside({ source, onClose }: Omit<FilesProps, "name">) {
  const [words, setWords] = useState("");
  const [order, setOrder] = useState<FilesOrderView>("newest");
  const { found, total, unread, error, isLooking, hasMore, more } = useFiles(source, words, order);
  const among = found.map(({ letter, file }) => ({ email: letter.id, file }));
  const { chosen, choose, chooseAll, chooseNone } = useChosen(among);
  const [hear] = useState(fileKeys);
  const rows = useSheetKeys((event) => {
    hear(event);
    if (
      event.key.toLowerCase() !== "a" ||
      !(event.ctrlKey || event.metaKey) ||
      event.shiftKey ||
      event.altKey
    )
      return;
    // Of a word that is typed all letters are meant.
    if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    event.preventDefault();
    chooseAll();
  });
  const goOn = useGoOn(found.length, hasMore);
  const onScroll = ({ currentTarget: list }: React.UIEvent) => {
    if (hasMore && list.scrollHeight - list.scrollTop - list.clientHeight < NEAR) more();
  };
  const deeds = useDeeds({
    choose,
    open: (index) => {
      const opened = among[index];
      if (opened !== undefined) void lookAt(opened, among);
    },
  });
  return (
    <>
      <div className={styles.tools}>
        <TextField label={say("files-find")} value={words} onChange={setWords} autoFocus />
        <Select
          label={say("files-order")}
          choices={ORDERS.map(({ id, text }) => ({ id, text: text() }))}
          value={order}
          onChange={setOrder}
        />
      </div>
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      {/* Another order is another list, and begins at its top. */}
      <ul key={order} ref={rows} className={styles.list} aria-label={say("attachments")} onScroll={onScroll}>
        {found.map((each, index) => (
          <Row
            key={`${each.letter.id}-${each.file.part}`}
            {...each}
            index={index}
            isChosen={chosen.has(index)}
            deeds={deeds}
          />
        ))}
      </ul>
      <p role="status" className={styles.status}>
        {error !== null ? "" : <Told {...{ found: found.length, total, unread, isLooking }} words={words} />}
      </p>
      {hasMore && (
        <Button
          kind="quiet"
          className={FURTHER}
          onPress={({ target }) => {
            goOn(target);
            more();
          }}
        >
          {say("files-more")}
        </Button>
      )}
      <DialogFoot>
        {chosen.size > 0 && (
          <>
            <Button kind="quiet" onPress={chooseNone}>
              {say("files-select-none")}
            </Button>
            <Button
              icon="download"
              onPress={() => void saveAll(among.filter((_, index) => chosen.has(index)))}
            >
              {say("files-save", { n: chosen.size })}
            </Button>
          </>
        )}
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </>
  );
}

interface TellsOf {
  found: number;
  total: number;
  unread: number;
  isLooking: boolean;
  words: string;
}

/** How many there are, and whether that is all. */
function Told({ found, total, unread, isLooking, words }: TellsOf) {
  const waiting = unread > 0 ? say("files-unread", { n: unread }) : "";
  if (found > 0) return [say("files-count", { n: total }), waiting].join(" ").trim();
  if (isLooking && waiting === "") return say("loading");
  return waiting || say(words.trim() === "" ? "files-none" : "files-none-found");
}

/**
 * Whoever asked for more goes on at the first that came, or at the last where there is none. What is given is told which button was
 * pressed.
 */
function useGoOn(count: number, isMore: boolean): (pressed: Element) => void {
  const asked = useRef<{ sheet: Element | null; count: number } | null>(null);
  useEffect(() => {
    if (asked.current === null) return;
    const { sheet, count: before } = asked.current;
    if (count === before && isMore) return;
    asked.current = null;
    const at = document.activeElement;
    // Who is at something else by now stays there.
    if (at !== null && at !== document.body && !at.matches(`.${FURTHER}`)) return;
    const rows = sheet?.querySelectorAll("li") ?? [];
    rows[Math.min(before, rows.length - 1)]?.querySelector("button")?.focus();
  }, [count, isMore]);
  return (pressed) => {
    asked.current = { sheet: pressed.closest("[role=dialog]"), count };
  };
}

/** Files that are chosen, by their places in the list. What is not listed any more is not chosen. */
function useChosen(among: FileOfLetter[]) {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  const all = among.map(({ email, file }) => `${email} ${file.part}`);
  const chosen = new Set(all.flatMap((name, index) => (names.has(name) ? [index] : [])));
  /** `range`: and all from the one that was chosen last, wherever that stands by now. */
  const choose = (index: number, range: boolean) => {
    const before = range && last !== null ? all.indexOf(last) : -1;
    const other = before === -1 ? index : before;
    const [from, to] = [Math.min(other, index), Math.max(other, index)];
    const next = new Set(all.filter((name) => names.has(name)));
    const isChosen = chosen.has(index);
    for (const name of all.slice(from, to + 1)) {
      if (isChosen) next.delete(name);
      else next.add(name);
    }
    setLast(all[index] ?? null);
    setNames(next);
  };
  return {
    chosen,
    choose,
    chooseAll: () => setNames(new Set(all)),
    chooseNone: () => setNames(new Set()),
  };
}

/** What is done with rows, by their places. */
interface Deeds {
  choose: (index: number, range: boolean) => void;
  open: (index: number) => void;
}

/** The same for as long as the list is there: a row that is chosen draws no other anew, of which there may be thousands. */
function useDeeds(now: Deeds): Deeds {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  const [deeds] = useState<Deeds>(() => ({
    choose: (index, range) => latest.current.choose(index, range),
    open: (index) => latest.current.open(index),
  }));
  return deeds;
}

interface RowProps extends FileView {
  index: number;
  isChosen: boolean;
  deeds: Deeds;
}

const Row = memo(function Row({ file, letter, index, isChosen, deeds }: RowProps) {
  const { handle, ...dragging } = useDragOut({ email: letter.id, file });
  const saved = useSavedPlace(letter.id, file.part);
  return (
    <li
      className={styles.row}
      data-name={file.name}
      data-chosen={isChosen || undefined}
      data-danger={file.dangers.length > 0 || undefined}
      {...dragging}
    >
      <input
        type="checkbox"
        className={styles.choose}
        aria-label={say("files-select", { name: file.name })}
        checked={isChosen}
        onChange={({ nativeEvent }) =>
          deeds.choose(index, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
      <AriaButton ref={handle} className={styles.open ?? ""} onPress={() => deeds.open(index)}>
        <Icon name={file.dangers.length > 0 ? "warning" : iconOf(file)} />
        <FileName name={file.name} />
        <span className={styles.letter} dir="auto">
          {letter.from.map(nameOf).join(", ")} · {letter.subject || say("no-subject")}
        </span>
        <small>{sizeWords(file, false)}</small>
        <time dateTime={new Date(letter.at).toISOString()}>{shortTime(letter.at)}</time>
      </AriaButton>
      {!isLetterWindow() && (
        <IconButton
          icon="mail"
          label={say("files-letter", { name: file.name })}
          onPress={() => void openAlone(letter)}
        />
      )}
      <IconButton
        icon="download"
        label={say("attachment-save", { name: file.name })}
        onPress={() => void saveAttachment(letter.id, file.part)}
      />
      {/* Its place is kept: what stands in a row stays where it is when the file is saved. */}
      <span className={styles.where}>
        {saved !== undefined && (
          <IconButton
            icon="folder"
            label={say("show-saved-of", { name: file.name })}
            onPress={() => void showSaved(saved)}
          />
        )}
      </span>
    </li>
  );
});
