# sshd.sh -- sourced: a real OpenSSH server of one's own on a free port of the loopback address, as the user who runs it.
#
#     sshd_start FOLDER ROOT   keys, configuration and log go to FOLDER; SFTP sessions begin in ROOT.  Sets
#                              sshd_port, sshd_user, sshd_key (private key that may log in), sshd_fingerprint, sshd_pid
#     sshd_stop                ends it
# shellcheck shell=bash disable=SC2034

sshd_start() {
    local folder=$1 root=$2 tries
    mkdir -p "$folder" && chmod 700 "$folder"
    [ -e "$folder/host" ] || ssh-keygen -q -t ed25519 -N '' -C host -f "$folder/host"
    [ -e "$folder/user" ] || ssh-keygen -q -t ed25519 -N '' -C purser -f "$folder/user"
    cp "$folder/user.pub" "$folder/authorized_keys"
    sshd_key=$folder/user
    sshd_user=$(id -un)
    sshd_fingerprint=$(ssh-keygen -l -f "$folder/host.pub" | cut -d' ' -f2)
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd # asked for by sshd when root starts it
    for tries in 1 2 3 4 5 6 7 8 9 10; do
        sshd_port=$((20000 + (RANDOM * 7 + $$ + tries * 101) % 20000))
        ! (exec 3<>"/dev/tcp/127.0.0.1/$sshd_port") 2>/dev/null || continue # somebody is there
        cat >"$folder/sshd_config" <<EOT
ListenAddress 127.0.0.1
Port $sshd_port
HostKey $folder/host
PidFile none
AuthorizedKeysFile $folder/authorized_keys
AllowUsers $sshd_user
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM no
MaxStartups 100
MaxSessions 100
Subsystem sftp internal-sftp
ForceCommand internal-sftp -d $root
EOT
        /usr/sbin/sshd -r -D -e -f "$folder/sshd_config" 2>"$folder/log" &
        sshd_pid=$!
        local waits
        for waits in $(seq 100); do
            ! (exec 3<>"/dev/tcp/127.0.0.1/$sshd_port") 2>/dev/null || return 0
            kill -0 "$sshd_pid" 2>/dev/null || break
            sleep 0.05
        done
        sshd_stop
    done
    echo "sshd did not start:" >&2
    cat "$folder/log" >&2
    return 1
}

sshd_stop() {
    [ -n "${sshd_pid:-}" ] || return 0
    kill "$sshd_pid" 2>/dev/null
    wait "$sshd_pid" 2>/dev/null
    sshd_pid=
}
