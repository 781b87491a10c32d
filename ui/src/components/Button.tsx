// The labelled button in its four weights. What it does is the caller's affair.
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Icon, type IconName } from "./Icon";
import styles from "./Button.module.css";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  kind?: "plain" | "primary" | "quiet" | "danger" | "tool";
  icon?: IconName;
  children: React.ReactNode;
  className?: string | undefined;
}

export function Button({ kind = "plain", icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={[styles.button, styles[kind], className].filter(Boolean).join(" ")}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}
