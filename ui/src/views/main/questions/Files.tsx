// All files that came into folders or from a person, of the starred, or of letters that were found, newest first. A press looks at one or opens it, as in its letter, it is dragged out as from there, and from
// each there is a way to its letter. Words look through all of them, the older ones as well.
import { useEffect, useMemo, useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button as AriaButton } from "react-aria-components";
import { sentenceOf } from "../../../actions/attempt";
import { lookAt, saveAttachment } from "../../../actions/attachments";
import { openAlone } from "../../../actions/letterWindow";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { TextField } from "../../../components/TextField";
import { folded } from "../../../components/typeAhead";
import { useSheetKeys } from "../../../components/useSheetKeys";
import { backend } from "../../../ipc";
import type { FileSourceView, FileView } from "../../../ipc/backend";
import { isLetterWindow } from "../../../state/letterWindow";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { shortTime } from "../../../words/times";
import { iconOf, sizeWords } from "../reading/Attachments";
import { FileName } from "../reading/FileName";
import { useDragOut } from "../reading/useDragOut";
import { fileKeys, OLDER } from "./fileKeys";
import styles from "./Files.module.css";

/** So many more are shown at once. */
const MORE = 100;

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

export function Files({ source, name, onClose }: FilesProps) {
  const [words, setWords] = useState("");
  const [most, setMost] = useState(MORE);
  const rows = useSheetKeys(useMemo(fileKeys, []));
  const { found, error, isLooking, hasOlder, lookOn } = useFiles(source, words, most);
  const shown = found.slice(0, most);
  const among = shown.map(({ letter, file }) => ({ email: letter.id, file }));
  return (
    <Dialog large title={say(TITLES[source.kind], { name })} onClose={onClose}>
      <TextField label={say("files-find")} value={words} onChange={setWords} autoFocus />
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      <ul ref={rows} className={styles.list} aria-label={say("attachments")}>
        {shown.map((each, index) => (
          <Row
            key={`${each.letter.id}-${each.file.part}`}
            {...each}
            onOpen={() => {
              const chosen = among[index];
              if (chosen !== undefined) void lookAt(chosen, among);
            }}
          />
        ))}
      </ul>
      <p role="status" className={styles.status}>
        {isLooking
          ? say(hasOlder ? "files-looking" : "loading")
          : found.length > 0 || error !== null
            ? ""
            : say(words.trim() === "" ? "files-none" : "files-none-found")}
      </p>
      {!isLooking && (hasOlder || found.length > most) && (
        <Button
          kind="quiet"
          className={OLDER}
          onPress={() => {
            setMost(most + MORE);
            if (found.length < most + MORE) lookOn();
          }}
        >
          {say("files-older")}
        </Button>
      )}
      <DialogFoot>
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** The files that go by the words, of the letters that were looked through; where there are words it goes on until there are so many. */
function useFiles(source: FileSourceView, words: string, most: number) {
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ["files", source],
    queryFn: ({ pageParam }) => backend().files(source, pageParam),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
  const wanted = folded(words).split(/\s+/);
  const all = data?.pages.flatMap((page) => page.files) ?? [];
  const found = all.filter((file) => goesBy(file, wanted));
  const goesOn = words.trim() !== "" && hasNextPage && found.length < most && error === null;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  return {
    found,
    error,
    isLooking: isFetching || goesOn,
    hasOlder: hasNextPage,
    lookOn: () => void fetchNextPage(),
  };
}

/** What is known of files, folded: each key and each page that comes goes through all of them. */
const knownOf = new WeakMap<FileView, string>();

/** Each word stands somewhere in what is known of a file. */
function goesBy(view: FileView, words: string[]): boolean {
  const { file, letter } = view;
  let known = knownOf.get(view);
  if (known === undefined) {
    const from = letter.from.flatMap((one) => [one.name ?? "", one.email]);
    known = folded([file.name, letter.subject, ...from].join("\n"));
    knownOf.set(view, known);
  }
  return words.every((word) => known.includes(word));
}

function Row({ file, letter, onOpen }: FileView & { onOpen: () => void }) {
  const { handle, ...dragging } = useDragOut({ email: letter.id, file });
  return (
    <li className={styles.row} data-name={file.name} {...dragging}>
      <AriaButton ref={handle} className={styles.open ?? ""} onPress={onOpen}>
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
    </li>
  );
}
