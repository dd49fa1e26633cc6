/**
 * The server that {@code java -jar parley.war} starts: HTTP, Servlets and WebSocket on one port. The only importer of
 * Grizzly and Tyrus; hands everything else to {@code app}.
 */
@NullMarked
package dev.parley.standalone;

import org.jspecify.annotations.NullMarked;
