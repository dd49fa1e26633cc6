/**
 * What goes over plain HTTP: the page and its files. Servlet API 6.0 and nothing of one container. Nothing here relies on
 * sessions, principals or filters, and nothing uses {@code sendError}, which would show the container's own page.
 */
@NullMarked
package dev.parley.http;

import org.jspecify.annotations.NullMarked;
