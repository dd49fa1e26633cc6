/** Tests of the words on the wire. */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;
