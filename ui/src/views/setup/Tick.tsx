// A box to tick, with its sentence.
import { CheckboxButton, CheckboxField } from "react-aria-components";
import { Icon } from "../../components/Icon";
import styles from "./Tick.module.css";

export interface TickProps {
  on: boolean;
  onChange: (on: boolean) => void;
  children: React.ReactNode;
}

export function Tick({ on, onChange, children }: TickProps) {
  return (
    <CheckboxField isSelected={on} onChange={onChange}>
      <CheckboxButton className={styles.check ?? ""}>
        <span className={styles.tick}>
          <Icon name="check" size={12} />
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}
