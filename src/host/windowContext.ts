/** Who calls: one page in one window. Each reload is another one. */
export type WindowContext = { window: string }
