// A person's picture: initials on their colour, which is the same everywhere. Decoration only; the name stands beside it.
import { colourOf, initials } from "../words/address";
import styles from "./Avatar.module.css";

export function Avatar({ name, email, size = 36 }: { name: string; email: string; size?: number }) {
  const fontSize = size >= 36 ? 13 : size >= 26 ? 11 : 9;
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      data-colour={colourOf(email)}
      data-initials={initials(name)}
      style={{ width: size, height: size, fontSize }}
    ></span>
  );
}
