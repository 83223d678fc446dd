/** Of the view `messages/<channel>/<page>`. */
export const pageSize = 100;

/** The page on which the message of a position (counted from 0) stands. Pages are counted from 1. */
export const pageOf = (position: number): number => Math.floor(position / pageSize) + 1;

/** The position of the first message of a page. */
export const beginningOf = (page: number): number => (page - 1) * pageSize;
