// Where the link leads that the pointer rests on in a letter, or that the keys are on, at the foot of the window. Whoever has a page
// read aloud hears it from the link itself.
import { useLinkGoal } from "../../../state/linkGoal";
import styles from "./LinkGoal.module.css";

export function LinkGoal() {
  const goal = useLinkGoal((state) => state.goal);
  if (goal === null) return null;
  return (
    <div className={styles.goal} dir="ltr" aria-hidden data-link-goal>
      {goal}
    </div>
  );
}
