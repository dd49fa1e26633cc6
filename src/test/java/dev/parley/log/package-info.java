/** What every room log keeps, written once; each store's tests run it against the real store. */
@NullMarked
package dev.parley.log;

import org.jspecify.annotations.NullMarked;
