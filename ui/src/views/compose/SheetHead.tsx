// The head of the sheet: what the letter is about, whether it is safe, and the ways to put it aside.
import { memo } from "react";
import { Heading } from "react-aria-components";
import { closeAndKeep } from "../../actions/composeKeep";
import { IconButton } from "../../components/IconButton";
import { useComposers, type Saving } from "../../state/composers";
import { say } from "../../words";
import { SaveState } from "./SaveState";
import styles from "./Composer.module.css";

export interface SheetHeadProps {
  draft: string;
  subject: string;
  saving: Saving;
}

export const SheetHead = memo(function SheetHead({ draft, subject, saving }: SheetHeadProps) {
  return (
    <div className={styles.top}>
      <Heading slot="title" level={2} className={styles.title ?? ""}>
        {subject || say("compose-new")}
      </Heading>
      <SaveState draft={draft} saving={saving} />
      <IconButton
        icon="down"
        label={say("compose-minimise")}
        onPress={() => useComposers.getState().minimise(draft)}
      />
      <IconButton
        icon="close"
        label={say("compose-close")}
        shortcut="Escape"
        onPress={() => void closeAndKeep(draft)}
      />
    </div>
  );
});
