// The people who might be meant, under the line where their name is typed.
import { Avatar } from "../../components/Avatar";
import type { AddressView } from "../../ipc/backend";
import { say } from "../../words";
import { nameOf } from "../../words/address";
import type { SuggestionsOf } from "./useSuggestions";
import styles from "./RecipientField.module.css";

export function Suggestions({
  suggestions,
  onPick,
}: {
  suggestions: SuggestionsOf;
  onPick: (address: AddressView) => void;
}) {
  const { list, index, id, optionId } = suggestions;
  if (list.length === 0) return null;
  return (
    <ul id={id} role="listbox" aria-label={say("compose-suggestions")} className={styles.list}>
      {list.map((address, at) => (
        <li
          key={address.email}
          id={optionId(at)}
          role="option"
          aria-selected={at === index}
          className={styles.option}
          // Before the blur that would turn the unfinished text into a pill.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(address);
          }}
        >
          <Avatar name={nameOf(address)} email={address.email} size={26} />
          <span className={styles.who}>
            <span>{nameOf(address)}</span>
            {address.name && <small>{address.email}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
