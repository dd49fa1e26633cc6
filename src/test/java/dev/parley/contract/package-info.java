/**
 * What holds over HTTP wherever the WAR runs: written once, for clients from outside. {@code standalone} runs it on the
 * server of this JVM among the fast tests, {@code container} on the WAR as it is deployed. See nothing of the product's
 * classes.
 */
@NullMarked
package dev.parley.contract;

import org.jspecify.annotations.NullMarked;
