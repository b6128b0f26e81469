/** The few pictures of the dialog. They never stand alone: a word beside them says the same. */
import type { ReactNode } from 'react'

const shapes = {
  check: <path d="M3.5 8.5l3 3 6-7" />,
  cross: <path d="M4 4l8 8M12 4l-8 8" />,
  warning: <path d="M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.2" />,
  info: <path d="M8 7.2v4M8 4.6v.2M8 1.8a6.2 6.2 0 110 12.4A6.2 6.2 0 018 1.8z" />,
  dash: <path d="M4 8h8" />,
  ring: <circle cx="8" cy="8" r="4.5" />,
  stop: <rect x="4" y="4" width="8" height="8" rx="1" />,
  spinner: <path d="M8 2a6 6 0 11-6 6" />,
  copy: <path d="M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3z" />,
  chevron: <path d="M6 3.5L10.5 8 6 12.5" />,
  question: <path d="M5.5 6a2.5 2.5 0 114 2c-1 .7-1.500 1.100-1.500 2M8 12.500v.2" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      className={className === undefined ? `icon icon-${name}` : `icon icon-${name} ${className}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  )
}
