// What a conversation has in Trash and in Junk, said on a line for each of them. A press shows those letters among the others.
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import type { LetterView } from "../../../ipc/backend";
import { asideOf, type AsideFolder, type LetterFolders } from "../../../state/aside";
import { say } from "../../../words";
import styles from "./ReadingPane.module.css";

interface Props {
  /** The letters that are not shown. */
  letters: readonly LetterView[];
  folders: LetterFolders;
  /** Those of Trash, or of Junk, are to be shown, of which this is the first. */
  onShow: (role: AsideFolder["role"], first: string) => void;
}

export function AsideLines({ letters, folders, onShow }: Props) {
  if (letters.length === 0) return null;
  return (["trash", "junk"] as const).map((role) => {
    const [first, ...others] = letters.filter((letter) => asideOf(letter, folders)?.role === role);
    const folder = first === undefined ? null : asideOf(first, folders);
    if (first === undefined || folder === null) return null;
    return (
      <AriaButton key={role} className={styles.hidden ?? ""} onPress={() => onShow(role, first.id)}>
        <Icon name={role} size={14} />
        {say("letters-aside", { n: others.length + 1, folder: folder.within })}
      </AriaButton>
    );
  });
}
