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
      <span className="visually-hidden">{name}</span>
      <span className={styles.start} aria-hidden="true">
        <MarkedPieces pieces={start} />
      </span>
      <span className={styles.end} aria-hidden="true">
        <MarkedPieces pieces={end} />
      </span>
    </span>
  );
}

/** Where the last signs begin; no sign that is written with several code points is cut. */
function cutOf(name: string): number {
  const at = [...signs.segment(name)].map(({ index }) => index);
  return at.length > END ? (at.at(-END) ?? name.length) : name.length;
}
