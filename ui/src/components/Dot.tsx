// The dot of an account in its colour. It says nothing by itself: the account's name stands beside it.
import styles from "./Dot.module.css";

/** How many colours there are to choose from. */
export const DOTS = 6;

export function Dot({ colour, large = false }: { colour: number; large?: boolean }) {
  return (
    <span
      className={styles.dot}
      data-colour={colour % DOTS}
      data-large={large || undefined}
      aria-hidden="true"
    />
  );
}
