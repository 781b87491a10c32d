// All files that came into a folder or from a person, newest first. A press looks at one or opens it, as in its letter.
import { useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button as AriaButton } from "react-aria-components";
import { sentenceOf } from "../../../actions/attempt";
import { lookAt, saveAttachment } from "../../../actions/attachments";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { TextField } from "../../../components/TextField";
import { backend } from "../../../ipc";
import type { FileSourceView, FileView } from "../../../ipc/backend";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { shortTime } from "../../../words/times";
import { iconOf, sizeWords } from "../reading/Attachments";
import styles from "./Files.module.css";

export interface FilesProps {
  source: FileSourceView;
  name: string;
  onClose: () => void;
}

export function Files({ source, name, onClose }: FilesProps) {
  const [words, setWords] = useState("");
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ["files", source],
    queryFn: ({ pageParam }) => backend().files(source, pageParam),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
  const all = data?.pages.flatMap((page) => page.files) ?? [];
  const wanted = words.trim().toLowerCase();
  const shown = all.filter(({ file, letter }) =>
    [file.name, letter.subject, ...letter.from.map(nameOf)].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
  return (
    <Dialog
      large
      title={say(source.kind === "mailbox" ? "files-folder" : "files-person", { name })}
      onClose={onClose}
    >
      <TextField label={say("files-find")} value={words} onChange={setWords} autoFocus />
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      <ul className={styles.list} aria-label={say("attachments")}>
        {shown.map((each) => (
          <Row key={`${each.letter.id}-${each.file.part}`} {...each} />
        ))}
      </ul>
      {!isFetching && shown.length === 0 && error === null && <p>{say("files-none")}</p>}
      {hasNextPage && (
        <Button kind="quiet" isDisabled={isFetching} onPress={() => void fetchNextPage()}>
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

function Row({ file, letter }: FileView) {
  return (
    <li className={styles.row}>
      <AriaButton className={styles.open ?? ""} onPress={() => void lookAt(letter.id, file, [file])}>
        <Icon name={file.dangers.length > 0 ? "warning" : iconOf(file)} />
        <span dir="auto">{file.name}</span>
        <span className={styles.letter} dir="auto">
          {letter.from.map(nameOf).join(", ")} · {letter.subject || say("no-subject")}
        </span>
        <small>{sizeWords(file, false)}</small>
        <time dateTime={new Date(letter.at).toISOString()}>{shortTime(letter.at)}</time>
      </AriaButton>
      <IconButton
        icon="download"
        label={say("attachment-save", { name: file.name })}
        onPress={() => void saveAttachment(letter.id, file.part)}
      />
    </li>
  );
}
