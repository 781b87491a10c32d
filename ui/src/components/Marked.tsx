// A line of text in which the words of the search that is shown are marked.
import { useMemo } from "react";
import { marked, wordsOf } from "../state/marks";
import { useWindow } from "../state/window";
import styles from "./Marked.module.css";

export function Marked({ text }: { text: string }) {
  const query = useWindow(({ place }) => (place.kind === "search" ? place.query : ""));
  const pieces = useMemo(() => marked(text, wordsOf(query)), [text, query]);
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
