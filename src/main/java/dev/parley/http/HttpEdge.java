package dev.parley.http;

import dev.parley.access.Admissions;
import dev.parley.access.ForwardedFor;
import dev.parley.access.Guests;
import dev.parley.access.Origins;
import dev.parley.delivery.Delivery;
import dev.parley.lab.Lab;
import dev.parley.protocol.Limits;
import dev.parley.request.History;
import dev.parley.request.Leases;
import dev.parley.request.Posting;
import dev.parley.time.Timer;
import java.util.concurrent.Executor;

/**
 * What the servlets work with. Immutable.
 *
 * @param posting how messages get into the log
 * @param history how pages of it are read
 * @param leases who polls
 * @param delivery how messages get to streams
 * @param guests who a cookie is
 * @param origins which pages may come
 * @param admissions how many connections there may be: streams and polls that wait count
 * @param forwardedFor whose address counts
 * @param limits what a client may do
 * @param blocking runs what may block: the end of a request, on some containers
 * @param timer what else is to be done later
 * @param lab what is measured, and troubled
 */
public record HttpEdge(
        Posting posting,
        History history,
        Leases leases,
        Delivery delivery,
        Guests guests,
        Origins origins,
        Admissions admissions,
        ForwardedFor forwardedFor,
        Limits limits,
        Executor blocking,
        Timer timer,
        Lab lab) {}
