/**
 * The page in a real browser. Needs Chromium and its driver: {@code -Dparley.test.chromium} and
 * {@code -Dparley.test.chromedriver} say where, if not in {@code /usr/bin}.
 */
@NullMarked
package dev.parley.browser;

import org.jspecify.annotations.NullMarked;
