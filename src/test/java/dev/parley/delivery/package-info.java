/** Tests of delivery, on an edge that records. */
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
