/** Tests of who may come in. */
@NullMarked
package dev.parley.access;

import org.jspecify.annotations.NullMarked;
