// C peer of echo-* and http-plaintext: server and clients in one thread on one edge-triggered epoll, as the coroutines do it. Usage: c-epoll [case-prefix]
//
// Two contenders, because edge-triggered epoll leaves a choice after a read that returned less than the buffer holds:
//   c-epoll        takes it for drained (epoll(7) allows that for streams) and saves a recv per message: the fastest there is.
//   c-epoll-drain  calls recv until EAGAIN, as most published servers do.
// Nothing is allocated once the connections stand, so the bytes column is 0.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE = 64, BUFFER = 4096, EVENTS = 512 };

// The same bytes as in Cases/HttpPlaintext.cs.
static const char REQUEST[] = "GET /plaintext HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\nConnection: keep-alive\r\n\r\n";
static const char RESPONSE[] = "HTTP/1.1 200 OK\r\nServer: plain\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, World!";

struct connection {
    int socket;
    bool client;
    int missing;        // client: bytes of the answer still to come
    long round_trips;   // client: still to do
};

static bool drain;
static bool http;                 // instead of echo
static const char* question;
static ssize_t question_length, answer_length;
static long unfinished;

static void require(bool condition, const char* what) {
    if (condition) return;
    perror(what);
    exit(1);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// 64 bytes always fit the socket's buffer here: at most one message is under way on a connection.
static void send_all(int socket, const char* data, ssize_t length) {
    require(send(socket, data, length, MSG_NOSIGNAL) == length, "send");
}

// A request comes whole here: it is sent in one piece, one at a time, and is smaller than a packet.
static void answer(int socket, const char* data, ssize_t length) {
    if (!http) {
        send_all(socket, data, length);
        return;
    }
    static const char end[] = "\r\n\r\n", path[] = "GET /plaintext ";
    require(memmem(data, length, end, sizeof end - 1) == data + length - (sizeof end - 1) && memcmp(data, path, sizeof path - 1) == 0, "request");
    send_all(socket, RESPONSE, sizeof RESPONSE - 1);
}

static void received(struct connection* connection, char* data, ssize_t length) {
    if (!connection->client) {
        answer(connection->socket, data, length);
        return;
    }
    connection->missing -= length;
    if (connection->missing > 0) return;
    connection->missing = answer_length;
    if (--connection->round_trips > 0) send_all(connection->socket, question, question_length);
    else unfinished--;
}

static void readable(struct connection* connection) {
    static char buffer[BUFFER];
    for (;;) {
        ssize_t length = recv(connection->socket, buffer, sizeof buffer, 0);
        if (length < 0 && errno == EAGAIN) return;
        require(length > 0, "recv");
        received(connection, buffer, length);
        if (!drain && length < BUFFER) return;
    }
}

static void watch(int epoll, struct connection* connection) {
    int on = 1;
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = connection};
    require(epoll_ctl(epoll, EPOLL_CTL_ADD, connection->socket, &event) == 0, "epoll_ctl");
}

static double converse(int count, long operations) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0);
    require(bind(listener, (void*)&address, length) == 0 && listen(listener, 1024) == 0, "listen");
    getsockname(listener, (void*)&address, &length);

    struct connection* connections = calloc(count * 2, sizeof *connections);
    for (int i = 0; i < count; i++) {
        struct connection *client = &connections[i * 2], *server = client + 1;
        *client = (struct connection){socket(AF_INET, SOCK_STREAM, 0), true, answer_length, operations / count};
        require(connect(client->socket, (void*)&address, length) == 0, "connect");
        *server = (struct connection){.socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK)};
        require(server->socket >= 0, "accept");
        require(fcntl(client->socket, F_SETFL, O_NONBLOCK) == 0, "fcntl");
        watch(epoll, client);
        watch(epoll, server);
    }

    struct epoll_event events[EVENTS];
    unfinished = count;
    long long start = now();
    for (int i = 0; i < count; i++) send_all(connections[i * 2].socket, question, question_length);
    while (unfinished > 0) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++)
            if (events[i].events & EPOLLIN) readable(events[i].data.ptr);
    }
    double taken = now() - start;

    for (int i = 0; i < count * 2; i++) close(connections[i].socket);
    close(listener);
    close(epoll);
    free(connections);
    return taken / (operations / count * count);
}

static void measure(const char* prefix, const char* name, int connections, bool as_http) {
    if (strncmp(name, prefix, strlen(prefix)) != 0) return;
    static const char message[MESSAGE];
    http = as_http;
    question = http ? REQUEST : message;
    question_length = http ? sizeof REQUEST - 1 : MESSAGE;
    answer_length = http ? sizeof RESPONSE - 1 : MESSAGE;
    double best[2] = {1e18, 1e18};
    for (int round = 0; round < 6; round++)   // the first warms up
        for (int contender = 0; contender < 2; contender++) {
            drain = contender == 1;
            double taken = converse(connections, 25600);
            if (round > 0 && taken < best[contender]) best[contender] = taken;
        }
    printf("%s\tc-epoll\t%.2f\t0.00\n%s\tc-epoll-drain\t%.2f\t0.00\n", name, best[0], name, best[1]);
}

int main(int argc, char** argv) {
    const char* prefix = argc > 1 ? argv[1] : "";
    measure(prefix, "echo-1", 1, false);
    measure(prefix, "echo-256", 256, false);
    measure(prefix, "http-plaintext", 64, true);
}
