#!/bin/sh
# Starts Neo4j with the official image's conventions, as far as orgraph needs them:
#
#     NEO4J_AUTH=neo4j/<password>                  the first password, 8 characters or more
#     NEO4J_AUTH=none                              no login at all
#     NEO4J_server_memory_heap_max__size=1g        a setting: _ stands for . and __ for _
#
# Names with a capital after NEO4J_ are no settings. Another command is run as it is.
set -eu
[ "$#" -eq 0 ] || [ "$1" = neo4j ] || exec "$@"

umask 077 # the settings may hold a secret
conf=$NEO4J_HOME/conf/neo4j.conf
cp /opt/neo4j/neo4j.conf "$conf"
export NEO4J_CONF="$NEO4J_HOME/conf"

# setting NAME VALUE: replaces the line of the setting.
setting() {
    grep -v "^$1=" "$conf" >"$conf.new" || true
    printf '%s=%s\n' "$1" "$2" >>"$conf.new"
    mv "$conf.new" "$conf"
}

value_of() {
    sed -n "s/^$1=//p" "$conf"
}

value=
for variable in $(env | sed -n 's/^\(NEO4J_[a-z][A-Za-z0-9_]*\)=.*/\1/p' | sort); do
    name=$(printf '%s' "${variable#NEO4J_}" | sed 's/__/=/g; s/_/./g; s/=/_/g')
    eval "value=\$$variable"
    setting "$name" "$value"
done

# A fixed order, the one that the class archive was made with.
classes=$(printf '%s:' /opt/neo4j/lib/*.jar)
for plugin in "$NEO4J_HOME"/plugins/*.jar; do
    [ ! -e "$plugin" ] || classes=$classes$plugin:
done

case ${NEO4J_AUTH-} in
    '') ;;
    none) setting dbms.security.auth_enabled false ;;
    neo4j/*)
        # Neo4j keeps a password for its first start only; later ones have their own.
        if [ ! -d "$NEO4J_HOME/data/databases/system" ]; then
            # In a file of arguments, for those of a process are seen by others.
            given=$NEO4J_HOME/run/password
            escaped=$(printf '%s' "${NEO4J_AUTH#neo4j/}" | sed 's/["\\]/\\&/g; s/^@/@@/')
            printf -- '-- "%s"\n' "$escaped" >"$given"
            done=0
            java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dfile.encoding=UTF-8 \
                -cp "$classes" org.neo4j.cli.AdminTool \
                dbms set-initial-password "@$given" || done=$?
            rm "$given"
            [ "$done" = 0 ] || exit "$done"
        fi
        ;;
    *)
        echo 'NEO4J_AUTH must be none, or neo4j/ and a password.' >&2
        exit 1
        ;;
esac
unset NEO4J_AUTH

archive=
[ ! -f /opt/neo4j/classes.jsa ] || archive=-XX:SharedArchiveFile=/opt/neo4j/classes.jsa
# shellcheck disable=SC2086 # an option that isn't there is no word
exec java -Xms"$(value_of server.memory.heap.initial_size)" \
    -Xmx"$(value_of server.memory.heap.max_size)" -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError \
    $archive ${NEO4J_JAVA_OPTIONS-} -Dfile.encoding=UTF-8 -Djava.awt.headless=true \
    --add-opens=java.base/java.nio=ALL-UNNAMED \
    --add-opens=java.base/java.io=ALL-UNNAMED \
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED \
    -cp "$classes" org.neo4j.server.CommunityEntryPoint \
    --home-dir="$NEO4J_HOME" --config-dir="$NEO4J_CONF" --console-mode
