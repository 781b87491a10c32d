// The name of a file on one line. Where there is no room for all of it the middle is left out, and never the ending, which says what
// kind of file it is: a long name hides nothing. It is read out whole.
import { MarkedPieces } from "../../../components/Marked";
import { inPieces, piecesApart, useMarks } from "../../../state/marks";
import styles from "./FileName.module.css";

/** Signs that stay at the end, the ending among them. */
const END = 12;

const signs = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function FileName({ name }: { name: string }) {
  const pieces = inPieces(name, useMarks("fileName", name));
  const [start, end] = piecesApart(pieces, cutOf(name));
  if (end.length === 0)
    return (
      <span className={styles.name} dir="auto" title={name}>
        <span className={styles.start}>
          <MarkedPieces pieces={start} />
        </span>
      </span>
    );
  return (
    <span className={styles.name} dir="auto" title={name}>
      <span className={`visually-hidden ${styles.whole ?? ""}`}>{name}</span>
      <span className={styles.start} aria-hidden="true">
        <MarkedPieces pieces={start} />
      </span>
      <span className={styles.end} aria-hidden="true">
        <MarkedPieces pieces={end} />
      </span>
    </span>
  );
}

/**
 * Where the last signs begin. No sign that is written with several code points is cut, and none of the two pieces begins or ends with a
 * space, which whoever takes them up one by one would lose.
 */
function cutOf(name: string): number {
  const all = [...signs.segment(name)];
  const isSpace = (at: number) => all[at]?.segment.trim() === "";
  let cut = all.length - END;
  while (cut > 0 && (isSpace(cut) || isSpace(cut - 1))) cut -= 1;
  return cut > 0 ? (all[cut]?.index ?? name.length) : name.length;
}
