/** Tests of what clients may ask. */
@NullMarked
package dev.parley.request;

import org.jspecify.annotations.NullMarked;
