/**
 * What goes over plain HTTP: the page and its files, and the rooms for whom WebSocket does not reach. Servlet API 6.0 and
 * nothing of one container. Nothing here relies on sessions, principals or filters, and nothing uses {@code sendError}, which
 * would show the container's own page.
 *
 * <p>No request holds a thread while it waits: bodies are read, and answers written, when the container is ready. An
 * {@link dev.parley.http.Exchange} is a request that is answered later; a stream is one that the pump writes to, a poll one
 * that waits in {@code request}. The {@link dev.parley.http.Line} is what the Servlet API does not let us see of the TCP
 * connection below, where a server shows it.
 *
 * <p>{@link dev.parley.http.DoctorServlet} answers the lab's proxy doctor: what came here, and streams whose pieces come late
 * only if somebody on the way holds them back.
 */
@NullMarked
package dev.parley.http;

import org.jspecify.annotations.NullMarked;
