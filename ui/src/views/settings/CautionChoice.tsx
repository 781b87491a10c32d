// What the person wishes of care: whom to ask about senders, before which links to ask, and whether links are cleaned.
import { useQuery } from "@tanstack/react-query";
import { wishCaution } from "../../actions/caution";
import { Select } from "../../components/Select";
import { backend } from "../../ipc";
import { keys } from "../../state/queries";
import { say } from "../../words";
import styles from "./Settings.module.css";

const KEYS = ["whenNeeded", "always", "never"] as const;

export function CautionChoice() {
  const { data: wishes } = useQuery({ queryKey: keys.caution, queryFn: () => backend().cautionWishes() });
  if (wishes === undefined) return null;
  return (
    <>
      <Select
        label={say("settings-keys")}
        choices={KEYS.map((id) => ({ id, text: say(`settings-keys-${id}`) }))}
        value={wishes.keys}
        onChange={(choice) => void wishCaution({ ...wishes, keys: choice })}
      />
      <p className={styles.quiet}>{say("settings-keys-more")}</p>
      <Select
        label={say("settings-links")}
        choices={(["odd", "all"] as const).map((id) => ({ id, text: say(`settings-links-${id}`) }))}
        value={wishes.askBeforeAll ? "all" : "odd"}
        onChange={(choice) => void wishCaution({ ...wishes, askBeforeAll: choice === "all" })}
      />
      <Select
        label={say("settings-cleaning")}
        choices={(["yes", "no"] as const).map((id) => ({ id, text: say(`settings-cleaning-${id}`) }))}
        value={wishes.cleanLinks ? "yes" : "no"}
        onChange={(choice) => void wishCaution({ ...wishes, cleanLinks: choice === "yes" })}
      />
    </>
  );
}
