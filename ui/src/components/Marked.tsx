// A line of text in which the words of the search that is shown are marked.
import type { ShownPartView } from "../ipc/backend";
import { inPieces, useMarks, type Piece } from "../state/marks";
import styles from "./Marked.module.css";

export function Marked({ part, text }: { part: ShownPartView; text: string }) {
  return <MarkedPieces pieces={inPieces(text, useMarks(part, text))} />;
}

export function MarkedPieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, at) =>
    piece.marked ? (
      <mark key={at} className={styles.mark}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}
