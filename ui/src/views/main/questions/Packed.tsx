// What is in an archive: each file by the way to it, how large it is, and why one should think before one opens it. Nothing is unpacked.
import { Icon } from "../../../components/Icon";
import { focusInSheet } from "../../../components/useSheetKeys";
import type { ArchiveContentsView, PackedFileView } from "../../../ipc/backend";
import { say } from "../../../words";
import { fileSize } from "../../../words/times";
import { FileName } from "../reading/FileName";
import styles from "./Packed.module.css";

export function Packed({ contents }: { contents: ArchiveContentsView }) {
  const { files, count, closed } = contents;
  if (files.length === 0) return <p>{say(closed ? "archive-unknown" : "archive-empty")}</p>;
  return (
    <div className={styles.packed} data-packed="">
      <p className={styles.count}>
        {count > files.length ? say("archive-more", { n: count }) : say("archive-count", { n: count })}
      </p>
      <ul ref={focusInSheet} className={styles.list} aria-label={say("archive-files")} tabIndex={0}>
        {files.map((file, index) => (
          <File key={index} {...file} />
        ))}
      </ul>
    </div>
  );
}

function File({ name, size, locked, dangers }: PackedFileView) {
  const said = dangers.map((danger) => say(`danger-short-${danger}`));
  const words = [...(locked ? [say("archive-locked")] : []), ...said].join(", ");
  return (
    <li className={styles.file} data-danger={dangers.length > 0 || undefined}>
      <Icon name={dangers.length > 0 ? "warning" : locked ? "lock" : "file"} />
      <FileName name={name} />
      <span className={styles.said}>{words}</span>
      <small>{size === null ? "" : fileSize(size)}</small>
    </li>
  );
}
